"""Two documents that say the same, sentence beside sentence: found by what they say, and told how sure it is."""
