"""The pages of co-design: who takes part, and how it is done."""
