"""Finds articles in public catalogues and brings their files here: the only room that speaks to the network."""
