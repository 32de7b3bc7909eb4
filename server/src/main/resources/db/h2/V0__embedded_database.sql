-- Settings need admin rights, so they are a migration of the owner's; the runtime user stays without.
SET MAX_LENGTH_INPLACE_LOB 65536;
-- The file's permissions guard the embedded database: whoever can open the file could also read it, so no password.
CREATE USER IF NOT EXISTS ${runtime} PASSWORD '';
