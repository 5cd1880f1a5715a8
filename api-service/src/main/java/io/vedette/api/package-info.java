/** The api's start. What it does lives in the packages below, one per feature; nothing else belongs here. */
package io.vedette.api;
