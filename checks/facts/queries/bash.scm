(function_definition) @function
(program (variable_assignment) @constant)
(program (declaration_command (variable_assignment) @constant))
(program (list (variable_assignment) @constant))

(command name: (command_name) @call.callee) @call @call.arguments
(variable_assignment name: (_) @binding.name value: (command_substitution . (command) @binding.value .)) @binding
(variable_assignment name: (_) @binding.name
  value: (string . (command_substitution . (command) @binding.value .) .)) @binding

[(string) (raw_string) (ansi_c_string)] @string
(heredoc_body) @heredoc
[(simple_expansion) (expansion) (command_substitution)] @interpolation
(variable_assignment name: (_) @named.name value: [(string) (raw_string)] @named.string) @named

(variable_assignment name: (variable_name) @assigned)
(declaration_command (variable_name) @assigned)
(for_statement variable: (variable_name) @assigned)
(simple_expansion (variable_name) @plain)
(expansion) @expansion

(list (_) "||" (command name: (command_name (word) @ignored.by)) (#any-of? @ignored.by "true" ":")) @ignored

(function_definition name: (_) @defined)
(variable_assignment name: (_) @defined)
(comment) @comment
[(ERROR) (MISSING)] @error
