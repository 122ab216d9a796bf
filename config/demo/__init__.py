"""The demonstration on one's own machine: single-use doors for its people, and kept mails."""
