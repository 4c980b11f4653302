; What JavaScript and TypeScript have in common.
(import_statement) @import
(export_statement source: (_)) @reexport
(export_statement) @export
(export_clause (export_specifier name: (_) @exported))
(hash_bang_line) @hashbang

; Definitions.
[(function_declaration) (generator_function_declaration)] @function
(variable_declarator name: (identifier) value: [(arrow_function) (function_expression) (generator_function)]) @bound
(assignment_expression left: (member_expression)
  right: [(arrow_function) (function_expression) (generator_function)]) @assigned
(variable_declarator name: (identifier) value: (class)) @boundclass
(class_declaration) @class
(class_body (method_definition) @method)
(program [(lexical_declaration (variable_declarator name: (identifier)) @constant)
  (variable_declaration (variable_declarator name: (identifier)) @constant)
  (export_statement (lexical_declaration (variable_declarator name: (identifier)) @constant))
  (export_statement (variable_declaration (variable_declarator name: (identifier)) @constant))])
[(return_statement) (throw_statement)] @return
[(arrow_function) (function_expression)] @closure
(if_statement) @if
(catch_clause) @handler
(export_statement declaration: (class_declaration) @decorated.definition) @decorated
(class_declaration) @decorated @decorated.definition
(assignment_expression left: (member_expression) @commonjs.name right: (_) @commonjs.value) @commonjs
[(object) (class_body) (statement_block)] @scope

; Calls.
(call_expression function: (_) @call.callee arguments: (_) @call.arguments) @call
(new_expression constructor: (_) @call.callee arguments: (_) @call.arguments) @call
(await_expression [(call_expression) (new_expression)] @awaited)
(expression_statement [(call_expression) (new_expression)] @discarded)
(expression_statement (await_expression (call_expression) @discarded))
(binary_expression left: (call_expression) @defaulted operator: ["??" "||"])

; Environment.
(member_expression object: (member_expression) @environment.of property: (_) @environment.name
  (#any-of? @environment.of "process.env" "import.meta.env" "Bun.env")) @environment
(subscript_expression object: (member_expression) @environment.of index: (string) @environment.name
  (#any-of? @environment.of "process.env" "import.meta.env" "Bun.env")) @environment
(binary_expression left: [(member_expression) (subscript_expression)] @defaulted operator: ["??" "||"])
(variable_declarator name: (object_pattern) @unpacked.names value: (member_expression) @unpacked.of
  (#any-of? @unpacked.of "process.env" "import.meta.env")) @unpacked

; Strings.
[(string) (template_string)] @string
(template_substitution) @interpolation
(import_statement source: (_) @docstring)
(export_statement source: (_) @docstring)
(expression_statement (string) @docstring)
(binary_expression left: [(string) (template_string)] @completed operator: "+"
  right: [(identifier) (member_expression) (call_expression) (subscript_expression)])
(variable_declarator name: (_) @named.name value: [(string) (template_string)] @named.string) @named
(assignment_expression left: (_) @named.name right: [(string) (template_string)] @named.string) @named
(pair key: (_) @named.name value: [(string) (template_string)] @named.string) @named

; What a name is made by.
(variable_declarator name: (_) @binding.name value: (_) @binding.value) @binding
(assignment_expression left: (_) @binding.name right: (_) @binding.value) @binding

; Errors thrown away.
(catch_clause body: (statement_block) @catch.body) @catch
(try_statement body: (_) @try)

; Words that only name what is defined here.
(import_statement) @defined
(export_clause) @defined
(function_declaration name: (_) @defined)
(generator_function_declaration name: (_) @defined)
(class_declaration name: (_) @defined)
(method_definition name: (_) @defined)
(variable_declarator name: (identifier) @defined)
(shorthand_property_identifier_pattern) @defined
(pair key: (property_identifier) @defined)
(assignment_expression left: (identifier) @defined)
(assignment_expression left: (member_expression property: (_) @defined))
(arrow_function parameter: (identifier) @defined)
(regex) @defined

(comment) @comment
[(ERROR) (MISSING)] @error
