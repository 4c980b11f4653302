(pair key: (_) @pair.key value: (_) @pair.value) @pair
(object (spread_element) @spread)
(call_expression function: (identifier) @called)
(string) @string
(comment) @comment
[(ERROR) (MISSING)] @error
