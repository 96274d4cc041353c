"""Reading papers on the tablet: the viewer."""
