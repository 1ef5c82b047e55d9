-- A model may write the character 0 in a text, which jsonb refuses: it is read as the sign for what cannot be shown.
create or replace function json_each(text) returns table (value text) language sql immutable strict parallel safe as
    'select jsonb_array_elements_text(replace($1, ''\u0000'', ''\ufffd'')::jsonb)';
create or replace function json_extract(text, text) returns text language sql immutable strict parallel safe as
    'select jsonb_path_query_first(replace($1, ''\u0000'', ''\ufffd'')::jsonb, $2::jsonpath) #>> ''{}''';
