package io.vedette.api.account;

import io.vedette.common.Scope;

/** Who has signed a call. */
record Identity(Scope scope, String accessKeyId) {}
