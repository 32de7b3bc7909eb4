/** Wires Axon Framework: event store, serializers, processors. */
@NullMarked
package io.promptaudit.server.axon;

import org.jspecify.annotations.NullMarked;
