package io.hodei.security.entity;

import io.hodei.security.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An API token of a tenant: what is known of it, which is never its text. */
@Entity
@Table(name = "tokens")
public class Token {
  @Id private long id;

  @Column(name = "tenant_id", updatable = false)
  private long tenantId;

  @Column(updatable = false)
  private String name;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false, columnDefinition = "text")
  private Role role;

  @Column(updatable = false)
  private boolean installation;

  @Column(name = "secret_sha256", updatable = false)
  private byte[] secretSha256;

  @Column(updatable = false)
  private String prefix;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "created_by", updatable = false)
  private @Nullable Long createdBy;

  @Column(name = "expires_at", updatable = false)
  private @Nullable Instant expiresAt;

  @Column(name = "revoked_at")
  private @Nullable Instant revokedAt;

  @Version private int version;

  /** For the persistence provider only. */
  @SuppressWarnings("NullAway")
  protected Token() {}

  /** Makes a token that is not stored yet. */
  public Token(NewToken token, byte[] secretSha256, String prefix, Creation creation) {
    this.id = token.id();
    this.tenantId = token.tenantId();
    this.name = token.name();
    this.role = token.role();
    this.installation = token.installation();
    this.secretSha256 = secretSha256.clone();
    this.prefix = prefix;
    this.createdAt = creation.at();
    this.createdBy = creation.by();
    this.expiresAt = creation.expiresAt();
    this.version = 1;
  }

  /**
   * How a token came to be.
   *
   * @param by the token that asked for it
   * @param expiresAt null: never
   */
  public record Creation(Instant at, @Nullable Long by, @Nullable Instant expiresAt) {}

  /** Makes it useless; a second time changes nothing. */
  public void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now;
    }
  }

  public boolean isUsableAt(Instant now) {
    return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
  }

  public long id() {
    return id;
  }

  public long tenantId() {
    return tenantId;
  }

  public String name() {
    return name;
  }

  public Role role() {
    return role;
  }

  public boolean isInstallation() {
    return installation;
  }

  /** The first characters of its text. */
  public String prefix() {
    return prefix;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public @Nullable Long createdBy() {
    return createdBy;
  }

  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  public @Nullable Instant revokedAt() {
    return revokedAt;
  }
}
