-- As for the events: see V5__guards.
CREATE TRIGGER ledger_leaf_append_only BEFORE UPDATE, DELETE ON ledger_leaf
    CALL 'io.promptaudit.server.guard.AppendOnlyTrigger';
CREATE TRIGGER ledger_node_append_only BEFORE UPDATE, DELETE ON ledger_node
    CALL 'io.promptaudit.server.guard.AppendOnlyTrigger';
CREATE TRIGGER ledger_checkpoint_append_only BEFORE UPDATE, DELETE ON ledger_checkpoint
    CALL 'io.promptaudit.server.guard.AppendOnlyTrigger';

ALTER TABLE append_only ADD COLUMN ledger_leaf BIGINT REFERENCES ledger_leaf (leaf_index);
ALTER TABLE append_only ADD COLUMN ledger_checkpoint BIGINT REFERENCES ledger_checkpoint (size);
ALTER TABLE append_only ADD COLUMN ledger_node_tile_level INTEGER;
ALTER TABLE append_only ADD COLUMN ledger_node_node_index BIGINT;
ALTER TABLE append_only ADD FOREIGN KEY (ledger_node_tile_level, ledger_node_node_index)
    REFERENCES ledger_node (tile_level, node_index);
