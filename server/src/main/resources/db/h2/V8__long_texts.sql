-- H2 keeps a "text" in the page of its row, and a page is written whole: a few prompts of a megabyte each made pages that no
-- longer fitted into the memory. As large objects, what is longer than MAX_LENGTH_INPLACE_LOB is stored in pieces, beside it.
alter table catalogue_prompt alter column words set data type clob;
alter table catalogue_prompt alter column search set data type clob;
alter table catalogue_prompt alter column body set data type clob;
alter table versions_version alter column body set data type clob;
