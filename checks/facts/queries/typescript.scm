; What only TypeScript's grammar has.
(function_signature) @function
(abstract_class_declaration) @class
(interface_declaration) @interface
(type_alias_declaration) @alias
(enum_declaration) @enum
(internal_module) @namespace
(class_body [(abstract_method_signature) (method_signature)] @signature)
(interface_body (method_signature) @signature)
(class_body (public_field_definition) @field)
(interface_body (property_signature) @field)
(type_alias_declaration value: (object_type (property_signature) @field))
(required_parameter (accessibility_modifier) pattern: (identifier)) @property
(class_body) @members
(public_field_definition) @decorated @decorated.definition
(abstract_class_declaration) @decorated @decorated.definition
(export_statement declaration: (abstract_class_declaration) @decorated.definition) @decorated

(literal_type (string) @docstring)
(required_parameter pattern: (_) @named.name value: [(string) (template_string)] @named.string) @named
(public_field_definition name: (_) @named.name value: [(string) (template_string)] @named.string) @named
(enum_assignment name: (_) @named.name value: (string) @named.string) @named
(public_field_definition name: (_) @binding.name value: (_) @binding.value) @binding
(binary_expression left: (non_null_expression [(member_expression) (subscript_expression)] @defaulted)
  operator: ["??" "||"])

(function_signature name: (_) @defined)
(abstract_class_declaration name: (_) @defined)
(interface_declaration name: (_) @defined)
(type_alias_declaration name: (_) @defined)
(enum_declaration name: (_) @defined)
(required_parameter pattern: (identifier) @defined)
(optional_parameter pattern: (identifier) @defined)
(method_signature name: (_) @defined)
(abstract_method_signature name: (_) @defined)
(public_field_definition name: (_) @defined)
(property_signature name: (_) @defined)
