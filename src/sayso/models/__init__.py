"""The weights that the package ships, each with a model card."""
