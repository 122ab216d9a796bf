"""Every tag and filter of Patto's templates (a builtin of the template engine: no `load` needed).

docs/templates.md lists them with their parameters; /styleguide/ shows each one.
"""

from django.template import Library

from config.theme.tags import blocks, fields, formats, marks, parts, texts

register = Library()

for library in (formats, marks, texts, fields, parts, blocks):
    register.tags.update(library.register.tags)
    register.filters.update(library.register.filters)
