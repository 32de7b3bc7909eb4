-- Settings need admin rights, so they are a migration of the owner's; the runtime user stays without.
-- Commits are buffered for 100 ms at most; what is acknowledged before is forced by CHECKPOINT SYNC, once for each group.
SET WRITE_DELAY 100;
SET MAX_LENGTH_INPLACE_LOB 65536;
-- The file's permissions guard the embedded database: whoever can open the file could also read it, so no password.
CREATE USER IF NOT EXISTS ${runtime} PASSWORD '';
