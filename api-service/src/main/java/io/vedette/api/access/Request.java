package io.vedette.api.access;

import io.vedette.common.Scope;

/**
 * A call whose caller is known.
 *
 * @param query as it came, without the question mark
 * @param sourceAddress an IP address
 */
public record Request(Target target, Scope scope, String query, byte[] body, String sourceAddress, boolean encrypted) {}
