package io.hodei.profiles;

/** The statements of this feature. */
final class ProfileSql {
  /** Out: value. */
  static final String ACTIVE = "select value from settings where key = 'profile'";

  /** In: value, by. */
  static final String ACTIVATE =
      """
      insert into settings (key, value, changed_by)
      values ('profile', :value, :by)
      on conflict (key) do update
         set value = excluded.value,
             changed_by = excluded.changed_by,
             changed_at = clock_timestamp()
      """;

  private ProfileSql() {}
}
