"""A small GraphQL: a parser for the language's executable part, and the few types that an app asks about."""
