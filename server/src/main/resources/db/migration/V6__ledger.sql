-- One leaf for each position: its index is the position less one.
CREATE TABLE ledger_leaf (
    leaf_index BIGINT         NOT NULL PRIMARY KEY,
    entry      ${short_bytes} NOT NULL,
    hash       ${short_bytes} NOT NULL
);

-- The root of every complete subtree of 256, 256 * 256 ... leaves.
CREATE TABLE ledger_node (
    tile_level INTEGER        NOT NULL,
    node_index BIGINT         NOT NULL,
    hash       ${short_bytes} NOT NULL,
    PRIMARY KEY (tile_level, node_index)
);

-- Each size has one root for ever. Signatures are made of it, again if need be.
CREATE TABLE ledger_checkpoint (
    size BIGINT         NOT NULL PRIMARY KEY,
    root ${short_bytes} NOT NULL
);

GRANT SELECT, INSERT ON ledger_leaf TO ${runtime};
GRANT SELECT, INSERT ON ledger_node TO ${runtime};
GRANT SELECT, INSERT ON ledger_checkpoint TO ${runtime};
