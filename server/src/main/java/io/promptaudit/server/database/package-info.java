/** The database: where it lies, how it is migrated, and how commits become durable. */
@NullMarked
package io.promptaudit.server.database;

import org.jspecify.annotations.NullMarked;
