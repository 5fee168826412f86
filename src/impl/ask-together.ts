/**
 * Asks many questions at once. `ask` gives `undefined` where one of them spoils the whole: then each half is asked on its
 * own, down to the questions that have no answer, which get `null`.
 */
export async function askTogether<Question, Answer>(
  questions: readonly Question[],
  limit: number,
  ask: (questions: readonly Question[]) => Promise<readonly Answer[] | undefined>,
): Promise<readonly (Answer | null)[]> {
  if (questions.length === 0) return []
  const answers = questions.length <= limit ? await ask(questions) : undefined
  if (answers !== undefined) return answers
  if (questions.length === 1) return [null]
  const middle = Math.ceil(questions.length / 2)
  return [
    ...(await askTogether(questions.slice(0, middle), limit, ask)),
    ...(await askTogether(questions.slice(middle), limit, ask)),
  ]
}
