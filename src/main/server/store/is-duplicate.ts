/** @returns true where the database refused a row because another has its unique value already. */
export function isDuplicate(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === '23505'
}
