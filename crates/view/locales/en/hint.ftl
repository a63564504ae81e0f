# The hint that a member took. They alone read it.

# `shown` has some letters of the answer, and gaps for the others.
hint-letters = For half the points, the answer looks like this: { $shown }
hint-none = There is no hint for this question.
hint-two-left = It is one of these two, for half the points: { $first } or { $second }
