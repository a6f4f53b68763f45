"""Actors: who speaks and is spoken about, across reports."""
