"""Graph components for Vietnamese text; each one works on any Vietnamese NLU data, not only ours."""
