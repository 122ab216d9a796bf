"""How Patto looks and speaks: formats, words, pictures and the tags templates are made of.

Pure where it can be: `formatting`, `diff` and `pictures` take plain values and know no room.
`meanings` is the one table that gives each status its icon, its colour and its word.
"""
