-- Views are the server's to fill and to empty: they can be made again from the events at any time.
GRANT SELECT, INSERT, UPDATE, DELETE ON view_head TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON view_task TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_prompt TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_tag TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_active TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON versions_version TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON versions_review TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON versions_comment TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON approvals_review TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON deployments_interval TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_entry TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_account TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_change TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_key TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON environments_policy TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON changes_change TO ${runtime};
GRANT SELECT, INSERT, UPDATE, DELETE ON changes_base TO ${runtime};
