"""What a brief says, as the actions take it."""

import re
from dataclasses import asdict, dataclass

from campaigns.quality.text.headings import heading


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

    def as_text(self, language: str) -> str:
        """One text for the quality check: an answer a paragraph, ended as a sentence.

        What is not wanted stands under a heading that says so, or a list of it would be accused.
        """
        answers = {name: words.strip() for name, words in self.as_dict().items() if words.strip()}
        if "not_wanted" in answers:
            listed = re.sub(r"\n\s*\n", "\n", answers["not_wanted"])
            answers["not_wanted"] = f"{heading(language)} {listed}"
        return "\n\n".join(answers.values())


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
