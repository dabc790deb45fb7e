"""Studies over many seeds: slow, recorded, and compared with the record."""
