; What the facts about Go's tests are made of.
(source_file (function_declaration name: (identifier) @test.name parameters: (parameter_list) @test.parameters body: (block) @test.body) @test)
(call_expression function: (selector_expression) @call.callee arguments: (argument_list) @call.arguments) @call
(if_statement condition: (_) @if.test consequence: (block) @if.body) @if
[(interpreted_string_literal) (raw_string_literal)] @string
(comment) @comment
(ERROR) @error
