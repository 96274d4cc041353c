"""Whether the installation is well: the doctor and its figures."""
