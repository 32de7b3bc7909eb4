-- Tells what the server wrote from what somebody else inserted. Events of earlier releases have none.
ALTER TABLE domain_event ADD COLUMN mac ${short_bytes};
