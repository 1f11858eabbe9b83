/**
 * Who may do what: tenants, tokens, logins of the console, roles, permissions, and the audit trail.
 * Owns {@code tenants}, {@code tokens}, {@code console_sessions}, {@code console_codes}, {@code
 * audit_entries}, {@code audit_heads} and {@code idempotency_keys}. The database decides; tokens
 * and logins are looked up again after a few seconds, so that a revocation holds on every node, and
 * at once when an event tells of it.
 */
@NullMarked
package io.hodei.security;

import org.jspecify.annotations.NullMarked;
