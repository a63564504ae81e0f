about-anything = Anything
# What a suggestion is, behind its name: "Heat 2 · pack · 200 questions".
about-pack = pack
about-too-few = { $n ->
    [0] I have no questions like that on { $name }.
    [one] Only 1 question on { $name }.
   *[other] Only { $n } questions on { $name }.
}
# Instead of similar names, where there are none.
about-pick = Pick from the list that appears as you type.
about-close-by = Close by: { $names }.
about-unknown = I have no questions on “{ $typed }”.
about-did-you-mean = Did you mean: { $names }?
