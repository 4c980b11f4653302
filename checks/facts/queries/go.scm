(package_clause (package_identifier) @package)
(import_spec) @import

; Definitions.
(function_declaration) @function
(method_declaration) @method
(source_file (type_declaration (type_spec) @type))
(source_file (type_declaration (type_alias) @type))
(source_file (const_declaration (const_spec) @constant))
(source_file (var_declaration (var_spec) @constant))
(source_file (var_declaration (var_spec_list (var_spec) @constant)))
(interface_type (method_elem) @required)
(type_spec type: (struct_type (field_declaration_list (field_declaration) @field)))
(return_statement) @return
(func_literal) @closure
(if_statement) @if

; Calls; a composite literal is a call with its keys as keywords.
(call_expression function: (_) @call.callee arguments: (_) @call.arguments) @call
(composite_literal type: [(type_identifier) (qualified_type)] @call.callee body: (_) @call.arguments) @call
(expression_statement (call_expression) @discarded)
(go_statement (call_expression) @discarded)
(defer_statement (call_expression) @discarded)
(defer_statement) @deferred

; Strings.
[(interpreted_string_literal) (raw_string_literal)] @string
(import_spec path: (_) @docstring)
(field_declaration tag: (_) @docstring)
(binary_expression left: [(interpreted_string_literal) (raw_string_literal)] @completed operator: "+"
  right: [(identifier) (selector_expression) (call_expression) (index_expression)])
(short_var_declaration left: (expression_list . (_) @named.name .)
  right: (expression_list . [(interpreted_string_literal) (raw_string_literal)] @named.string .)) @named
(assignment_statement left: (expression_list . (_) @named.name .)
  right: (expression_list . [(interpreted_string_literal) (raw_string_literal)] @named.string .)) @named
(var_spec . name: (_) @named.name
  value: (expression_list . [(interpreted_string_literal) (raw_string_literal)] @named.string .)) @named
(const_spec . name: (_) @named.name
  value: (expression_list . [(interpreted_string_literal) (raw_string_literal)] @named.string .)) @named
(keyed_element key: (literal_element (_) @named.name)
  value: (literal_element [(interpreted_string_literal) (raw_string_literal)] @named.string)) @named

; What a name is made by.
(short_var_declaration left: (expression_list . (_) @binding.name (#not-eq? @binding.name "_"))
  right: (expression_list . (_) @binding.value .)) @binding
(assignment_statement left: (expression_list . (_) @binding.name (#not-eq? @binding.name "_")) operator: "="
  right: (expression_list . (_) @binding.value .)) @binding
(var_spec . name: (_) @binding.name value: (expression_list . (_) @binding.value .)) @binding

; Errors thrown away.
(assignment_statement left: (expression_list . (identifier) @dropped.name .)
  right: (expression_list . [(call_expression) (identifier)] @dropped.value .)) @dropped
(if_statement condition: (binary_expression right: (nil)) @unhandled.test
  consequence: (block) @unhandled.body) @unhandled

; Words that only name what is defined here.
(package_clause (package_identifier) @defined)
(import_spec) @defined
(function_declaration name: (_) @defined)
(method_declaration name: (_) @defined)
(method_elem name: (_) @defined)
(type_spec name: (_) @defined)
(const_spec name: (_) @defined)
(var_spec name: (_) @defined)
(field_declaration name: (_) @defined)
(parameter_declaration name: (_) @defined)
(variadic_parameter_declaration name: (_) @defined)
(short_var_declaration left: (expression_list (identifier) @defined))
(assignment_statement left: (expression_list (identifier) @defined) operator: "=")
(assignment_statement left: (expression_list (selector_expression field: (_) @defined)) operator: "=")
(composite_literal type: [(type_identifier) (qualified_type)]
  body: (literal_value (keyed_element key: (literal_element (identifier) @defined))))

(comment) @comment
[(ERROR) (MISSING)] @error

; A value that is only handed on to a field of the same name.
(keyed_element key: (literal_element (identifier) @copied.into)
  value: (literal_element (selector_expression field: (field_identifier) @copied)))
