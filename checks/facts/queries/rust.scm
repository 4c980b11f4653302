; Imports.
(use_declaration) @use
(extern_crate_declaration) @crate
(mod_item) @module

; Definitions.
(function_item) @function
(function_signature_item) @signature
[(struct_item) (enum_item) (union_item)] @class
(trait_item) @trait
(impl_item) @impl
(type_item) @alias
(macro_definition) @macro
[(const_item) (static_item)] @constant
(field_declaration) @field
(attribute_item) @attribute
(inner_attribute_item) @inner
(return_expression) @return
(closure_expression) @closure
(if_expression) @if

; Calls; a macro is a call with "!" behind its name, a struct expression one with keywords.
(call_expression function: (_) @call.callee arguments: (_) @call.arguments) @call
(macro_invocation macro: (_) @call.callee (token_tree) @call.arguments) @call
(struct_expression name: (_) @call.callee body: (_) @call.arguments) @call
(await_expression (call_expression) @awaited)
(expression_statement [(call_expression) (macro_invocation)] @discarded)
(expression_statement (await_expression (call_expression) @discarded))
(try_expression (call_expression) @required)
(call_expression function: (field_expression value: (call_expression) @required field: (field_identifier) @required.by)
  (#any-of? @required.by "unwrap" "expect" "context" "with_context" "map_err" "ok_or" "ok_or_else"))
(call_expression function: (field_expression value: (call_expression) @defaulted field: (field_identifier) @defaulted.by)
  (#any-of? @defaulted.by "unwrap_or" "unwrap_or_else" "unwrap_or_default" "ok" "or_else" "or" "map_or" "is_ok"
    "is_err" "map_or_else" "is_ok_and"))

; Strings.
[(string_literal) (raw_string_literal)] @string
(attribute [(string_literal) (raw_string_literal)] @docstring)
(attribute (token_tree [(string_literal) (raw_string_literal)] @docstring))
(macro_invocation macro: (identifier) @completed.by (token_tree . [(string_literal) (raw_string_literal)] @completed)
  (#any-of? @completed.by "format" "write" "writeln" "format_args" "bail" "anyhow" "ensure" "panic"))
(let_declaration pattern: (identifier) @named.name
  value: [(string_literal) (raw_string_literal)] @named.string) @named
(let_declaration pattern: (identifier) @named.name value: (call_expression
  function: (field_expression value: [(string_literal) (raw_string_literal)] @named.string))) @named
(let_declaration pattern: (identifier) @named.name value: (call_expression function: (scoped_identifier)
  arguments: (arguments . [(string_literal) (raw_string_literal)] @named.string .))) @named
(const_item name: (_) @named.name value: [(string_literal) (raw_string_literal)] @named.string) @named
(static_item name: (_) @named.name value: [(string_literal) (raw_string_literal)] @named.string) @named
(field_initializer field: (_) @named.name value: [(string_literal) (raw_string_literal)] @named.string) @named
(field_initializer field: (_) @named.name value: (call_expression
  function: (field_expression value: [(string_literal) (raw_string_literal)] @named.string))) @named
(field_initializer field: (_) @named.name value: (call_expression function: (scoped_identifier)
  arguments: (arguments . [(string_literal) (raw_string_literal)] @named.string .))) @named

; What a name is made by.
(let_declaration pattern: [(identifier) (tuple_pattern)] @binding.name value: (_) @binding.value) @binding
(assignment_expression left: (_) @binding.name right: (_) @binding.value) @binding
(static_item name: (_) @binding.name value: (_) @binding.value) @binding

; Errors thrown away.
(let_declaration "let" . "_" value: [(call_expression) (await_expression)] @dropped) @dropping
(expression_statement (call_expression function: (field_expression field: (field_identifier) @ignored.by)) @ignored
  (#eq? @ignored.by "ok"))
(match_arm pattern: (match_pattern (tuple_struct_pattern type: (identifier) @unhandled.by)) value: (_) @unhandled.body
  (#eq? @unhandled.by "Err")) @unhandled
(if_expression condition: (let_condition pattern: (tuple_struct_pattern type: (identifier) @unhandled.by))
  consequence: (block) @unhandled.body !alternative (#eq? @unhandled.by "Err")) @unhandled

; Words that only name what is defined here.
(use_declaration) @defined
(extern_crate_declaration) @defined
(mod_item name: (_) @defined)
(function_item name: (_) @defined)
(function_signature_item name: (_) @defined)
(struct_item name: (_) @defined)
(enum_item name: (_) @defined)
(trait_item name: (_) @defined)
(type_item name: (_) @defined)
(const_item name: (_) @defined)
(static_item name: (_) @defined)
(macro_definition name: (_) @defined)
(field_declaration name: (_) @defined)
(field_initializer field: (_) @defined)
(parameter pattern: (identifier) @defined)
(let_declaration pattern: (identifier) @defined)

[(line_comment) (block_comment)] @comment
[(ERROR) (MISSING)] @error

; A field that a pattern takes out of its struct.
(field_pattern name: (_) @taken)

; A value that is only handed on to a field of the same name.
(field_initializer field: (field_identifier) @copied.into value: (field_expression field: (field_identifier) @copied))
(field_initializer field: (field_identifier) @copied.into value: (call_expression function: (field_expression
  value: (field_expression field: (field_identifier) @copied) field: (field_identifier) @copied.by))
  (#eq? @copied.by "clone"))
