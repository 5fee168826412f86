/**
 * Whether a missing part of the test environment is a failure: where `ALEMBIC_TEST_REQUIRE` names it, or any of them under
 * `CI` without that variable. Else its tests are skipped with a warning.
 */
export function isRequired(name: string): boolean {
  const { ALEMBIC_TEST_REQUIRE: required, CI: ci } = process.env
  return required === undefined ? Boolean(ci) && ci !== 'false' : required.split(',').includes(name)
}
