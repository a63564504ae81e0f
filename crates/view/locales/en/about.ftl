about-anything = Anything
# What a suggestion is, after its name: "Heat 2 · pack · 200 questions".
about-pack = pack
about-too-few = { $n ->
    [0] I have no questions like that on { $name }.
    [one] Only 1 question on { $name }.
   *[other] Only { $n } questions on { $name }.
}
# If there are no similar names.
about-pick = Pick from the list that appears as you type.
about-close-by = Similar: { $names }.
about-unknown = I have no questions on “{ $typed }”.
about-did-you-mean = Did you mean: { $names }?
