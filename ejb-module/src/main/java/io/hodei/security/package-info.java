/**
 * Who may do what: tenants, tokens, roles, permissions, and the audit trail. Owns {@code tenants},
 * {@code tokens}, {@code audit_entries}, {@code audit_heads} and {@code idempotency_keys}. The
 * database decides; a token is looked up again after a few seconds, so that a revocation holds on
 * every node.
 */
@NullMarked
package io.hodei.security;

import org.jspecify.annotations.NullMarked;
