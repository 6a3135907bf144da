"""Public copies: what is hidden, where it stands, how the copy is made, how it is tested.

`plan` says what is wanted, `finding` where it stands in a text, `sheets` where on the page,
`growth` how wide a box becomes; `making` writes the new file, and `leaks` tries to read the hidden
words back from it, knowing nothing of how it was made.
"""
