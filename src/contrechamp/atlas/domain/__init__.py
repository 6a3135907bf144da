"""The rules of the map: what counts where, classes, clusters, symbols, drawings. Pure functions."""
