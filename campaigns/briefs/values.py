"""What a brief says, as the actions take it."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Answers:
    to_whom: str = ""
    what: str = ""
    why: str = ""
    how: str = ""
    not_wanted: str = ""
    if_it_goes_wrong: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    def as_text(self) -> str:
        """One text for the quality check: an answer a paragraph."""
        return "\n\n".join(answer for answer in self.as_dict().values() if answer.strip())


@dataclass(frozen=True)
class NewBrand:
    """A brand nobody here has worked with yet, and the person who speaks for it."""

    name: str
    contact_name: str
    contact_email: str


@dataclass(frozen=True)
class Line:
    """A budget line: kind of models.LineKind, minor units of the campaign's currency."""

    kind: str
    label: str
    amount_minor: int
