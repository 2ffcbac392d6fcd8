import { onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { query } from '../../api/client.ts'
import { useSession } from '../../app/session.ts'

let asked = false

/** The first administrator of an empty desk is asked what it is for; once, and never when it was begun. */
export function useFirstStart(): void {
  const router = useRouter()
  const session = useSession()
  onMounted(async () => {
    if (asked || session.current?.demo !== false || !session.may('manage', 'Desk')) return
    asked = true
    const answer = await query('live.state', {})
    if (!answer.ok) return
    const { empty, visited, finishedAt } = answer.value
    if (empty && visited.length === 0 && finishedAt === null) void router.replace({ name: 'live' })
  })
}
