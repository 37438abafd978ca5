import './styles.ts'
import { readAddress } from './page/address.ts'
import { openPage } from './page/page.ts'

openPage(readAddress(location))
