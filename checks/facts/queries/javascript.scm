; What only JavaScript's grammar has.
(class_body (field_definition) @field)
[(method_definition) (field_definition)] @decorated @decorated.definition
(class_heritage (_) @heritage)
(formal_parameters (identifier) @defined)
(formal_parameters (assignment_pattern left: (identifier) @defined))
(assignment_pattern left: (_) @named.name right: [(string) (template_string)] @named.string) @named
(field_definition property: (_) @named.name value: [(string) (template_string)] @named.string) @named
(field_definition property: (_) @binding.name value: (_) @binding.value) @binding
(field_definition property: (_) @defined)
