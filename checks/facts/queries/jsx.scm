; What the grammars with JSX add.
(jsx_attribute (property_identifier) @jsx.name (string) @docstring (#any-of? @jsx.name "className" "class" "d"))
(jsx_attribute (property_identifier) @named.name (string) @named.string) @named
(jsx_text) @defined
