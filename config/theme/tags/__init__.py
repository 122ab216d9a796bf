"""The template tags and filters, by what they make; `config.templatetags.patto` gathers them."""
