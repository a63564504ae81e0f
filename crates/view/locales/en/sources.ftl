# After the title of a source whose places are shown as "¶4 s2".
sources-numbered = { $source } (¶ paragraph, s sentence)
sources-one = Source: { $source }
# A list follows.
sources-several = Sources:
