-- The read side's views. Everything here is made from the events and can be made again.
-- Each row belongs to a generation of its view: readers read the one that view_head names, a rebuild fills the next, and a
-- reconciliation a negative one. seq is the position of the event that made the row: pages, comparisons and removals go by it.

create table view_head (
    view varchar(64) not null primary key,
    generation integer not null,
    position bigint not null
);

-- Who is rebuilding or comparing a view now, with a lease that ends with its last beat, and what came of it the last time.
create table view_task (
    view varchar(64) not null primary key,
    task varchar(32),
    owner varchar(64),
    beat timestamp(3) with time zone,
    rebuild text,
    reconciliation text
);

insert into view_head (view, generation, position) values
    ('catalogue', 1, 0), ('versions', 1, 0), ('approvals', 1, 0), ('deployments', 1, 0), ('audit', 1, 0), ('accounts', 1, 0),
    ('environments', 1, 0);
insert into view_task (view) values
    ('catalogue'), ('versions'), ('approvals'), ('deployments'), ('audit'), ('accounts'), ('environments');

create table catalogue_prompt (
    generation integer not null,
    seq bigint not null,
    name varchar(512) not null,
    state varchar(16) not null,
    review text not null,
    words text not null,
    search text not null,
    body text not null,
    primary key (generation, name)
);
create index catalogue_prompt_seq on catalogue_prompt (generation, seq);

create table catalogue_tag (
    generation integer not null,
    seq bigint not null,
    name varchar(512) not null,
    tag varchar(512) not null,
    primary key (generation, tag, name)
);
create index catalogue_tag_seq on catalogue_tag (generation, seq);

create table catalogue_active (
    generation integer not null,
    seq bigint not null,
    name varchar(512) not null,
    environment varchar(255) not null,
    primary key (generation, environment, name)
);
create index catalogue_active_seq on catalogue_active (generation, seq);

create table versions_version (
    generation integer not null,
    seq bigint not null,
    prompt varchar(512) not null,
    version integer not null,
    body text not null,
    primary key (generation, prompt, version)
);
create index versions_version_seq on versions_version (generation, seq);
create index versions_version_prompt on versions_version (generation, prompt, seq);

create table versions_review (
    generation integer not null,
    seq bigint not null,
    prompt varchar(512) not null,
    version integer not null,
    review text not null,
    checks text not null,
    primary key (generation, prompt, version)
);
create index versions_review_seq on versions_review (generation, seq);

create table versions_comment (
    generation integer not null,
    seq bigint not null,
    prompt varchar(512) not null,
    version integer not null,
    body text not null,
    primary key (generation, seq)
);
create index versions_comment_version on versions_comment (generation, prompt, version, seq);

create table approvals_review (
    generation integer not null,
    seq bigint not null,
    prompt varchar(512) not null,
    version integer not null,
    state varchar(16) not null,
    body text not null,
    primary key (generation, prompt, version)
);
create index approvals_review_seq on approvals_review (generation, seq);
create index approvals_review_state on approvals_review (generation, state, seq);

-- valid_to is the end of the year 9999 while a deployment is active.
create table deployments_interval (
    generation integer not null,
    seq bigint not null,
    deployment varchar(255) not null,
    prompt varchar(512) not null,
    environment varchar(255) not null,
    version integer not null,
    valid_from timestamp(3) with time zone not null,
    valid_to timestamp(3) with time zone not null,
    debt varchar(8) not null,
    body text not null,
    primary key (generation, seq)
);
create index deployments_interval_prompt on deployments_interval (generation, prompt, seq);
create index deployments_interval_active on deployments_interval (generation, prompt, environment, valid_from, seq);
create index deployments_interval_live on deployments_interval (generation, environment, valid_to, valid_from);
create index deployments_interval_id on deployments_interval (generation, deployment);
create index deployments_interval_debt on deployments_interval (generation, debt, seq);

create table audit_entry (
    generation integer not null,
    seq bigint not null,
    recorded_at timestamp(3) with time zone not null,
    actor varchar(255) not null,
    on_behalf_of varchar(255),
    action varchar(64) not null,
    outcome varchar(8) not null,
    prompt varchar(512),
    environment varchar(255),
    subject varchar(255),
    search text not null,
    personal text,
    body text not null,
    primary key (generation, seq)
);
create index audit_entry_prompt on audit_entry (generation, prompt, seq);
create index audit_entry_actor on audit_entry (generation, actor, seq);
create index audit_entry_on_behalf_of on audit_entry (generation, on_behalf_of, seq);
create index audit_entry_subject on audit_entry (generation, subject, seq);
create index audit_entry_outcome on audit_entry (generation, outcome, seq);
create index audit_entry_time on audit_entry (generation, recorded_at);

create table accounts_account (
    generation integer not null,
    seq bigint not null,
    id varchar(255) not null,
    personal text,
    body text not null,
    primary key (generation, id)
);
create index accounts_account_seq on accounts_account (generation, seq);

create table accounts_change (
    generation integer not null,
    seq bigint not null,
    id varchar(255) not null,
    body text not null,
    primary key (generation, seq)
);
create index accounts_change_account on accounts_change (generation, id, seq);

create table accounts_key (
    generation integer not null,
    seq bigint not null,
    id varchar(255) not null,
    public_key varchar(255) not null,
    body text not null,
    primary key (generation, seq)
);
create index accounts_key_public on accounts_key (generation, public_key);
create index accounts_key_account on accounts_key (generation, id, seq);

-- created is the position of the environment's first policy.
create table environments_policy (
    generation integer not null,
    seq bigint not null,
    environment varchar(255) not null,
    revision bigint not null,
    created bigint not null,
    valid_from timestamp(3) with time zone not null,
    valid_to timestamp(3) with time zone not null,
    body text not null,
    primary key (generation, seq)
);
create index environments_policy_active on environments_policy (generation, environment, valid_from, seq);
create index environments_policy_current on environments_policy (generation, valid_to, created);

-- base names what a change is based on, such as policy:production; its body in changes_base is what is in force of it.
create table changes_change (
    generation integer not null,
    seq bigint not null,
    id varchar(255) not null,
    base varchar(255) not null,
    state varchar(16) not null,
    body text not null,
    primary key (generation, seq)
);
create index changes_change_id on changes_change (generation, id);
create index changes_change_base on changes_change (generation, base, state, seq);
create index changes_change_state on changes_change (generation, state, seq);

create table changes_base (
    generation integer not null,
    seq bigint not null,
    base varchar(255) not null,
    body text not null,
    primary key (generation, base)
);
create index changes_base_seq on changes_base (generation, seq);

insert into view_head (view, generation, position) values ('changes', 1, 0);
insert into view_task (view) values ('changes');
