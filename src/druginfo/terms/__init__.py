"""The language of medicine, once: words, units, periods, people, organs as tables; one scanner; one grammar.

A text is scanned into tokens (`scan`), these are read into phrases (`phrases`). What asks for the sense of a text asks
these; none searches the text again. What looks for a single word in a text that is not read finds its pattern in
`patterns`. Each is imported by itself: a start that only looks for words does not load the grammar.
"""
