"""Reading a label: a post in, a verdict with rule, quote and position out. No I/O, no clock."""

from disclosures.reading.judge import judge
from disclosures.reading.page import read_page

__all__ = ["judge", "read_page"]
