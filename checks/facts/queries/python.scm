; Imports, and what guards them.
(import_statement name: (_) @import.name) @import
(import_from_statement) @import_from
(future_import_statement) @import_future
(try_statement body: (block) @try.body (except_clause) @try.clause) @try
(with_statement (with_clause) @with.call body: (block) @with.body) @with
(if_statement condition: (_) @if.test consequence: (block) @if.body) @if

; Definitions.
(function_definition) @function
(class_definition) @class
(decorated_definition definition: (_) @decorated.definition) @decorated
(type_alias_statement left: (_) @alias.name) @alias
(module (expression_statement (assignment left: (identifier) @constant.name) @constant))
(class_definition body: (block (expression_statement (assignment left: (identifier) @field.name) @field)))
(block) @block

; What only newer versions can read.
(match_statement) @matched
[(function_definition type_parameters: (_)) (class_definition type_parameters: (_))] @generic
(with_statement (with_clause "(" (with_item value: (as_pattern)))) @parenthesised

; Calls.
(call function: (_) @call.callee arguments: (_) @call.arguments) @call
(await (call) @awaited)
(expression_statement (call) @discarded)
(expression_statement (await (call) @discarded))
(boolean_operator left: (call) @defaulted)
(subscript value: (_) @subscript.of subscript: (string) @subscript.key) @subscript

; Strings, and the names they are bound to.
[(string) (concatenated_string)] @string
(interpolation) @interpolation
(type (string) @interpolation)
(expression_statement [(string) (concatenated_string)] @docstring)
(assignment left: (_) @named.name right: [(string) (concatenated_string)] @named.string) @named
(assignment left: (_) @named.name
  right: (parenthesized_expression [(string) (concatenated_string)] @named.string)) @named
(keyword_argument name: (_) @named.name value: [(string) (concatenated_string)] @named.string) @named
(pair key: (string) @named.name value: [(string) (concatenated_string)] @named.string) @named
(default_parameter name: (_) @named.name value: [(string) (concatenated_string)] @named.string) @named
(typed_default_parameter name: (_) @named.name value: [(string) (concatenated_string)] @named.string) @named
(named_expression name: (_) @named.name value: [(string) (concatenated_string)] @named.string) @named

; What a name is made by.
(assignment left: [(identifier) (attribute) (subscript)] @binding.name right: (_) @binding.value) @binding
(named_expression name: (_) @binding.name value: (_) @binding.value) @binding
(as_pattern (call) @binding.value alias: (as_pattern_target) @binding.name) @binding

; Words that only name what is defined here.
(function_definition name: (_) @defined)
(class_definition name: (_) @defined)
(parameters [(identifier) @defined
  (default_parameter name: (_) @defined)
  (typed_default_parameter name: (_) @defined)
  (typed_parameter . (_) @defined)
  (list_splat_pattern) @defined
  (dictionary_splat_pattern) @defined])
(assignment left: (identifier) @defined)
(type_alias_statement left: (_) @defined)
(assignment left: (attribute attribute: (_) @defined))
(keyword_argument name: (_) @defined)
[(import_statement) (import_from_statement) (future_import_statement)] @defined

; The rest.
(comment) @comment
(except_clause (block) @except.body) @except
(except_clause) @handler
[(ERROR) (MISSING)] @error

; Strings that are completed at run time.
(binary_operator left: [(string) (concatenated_string)] @completed operator: "%")
(binary_operator left: [(string) (concatenated_string)] @completed operator: "+"
  right: [(identifier) (attribute) (call) (subscript)])
(call function: (attribute object: [(string) (concatenated_string)] @completed attribute: (identifier) @completed.by
  (#eq? @completed.by "format")))
